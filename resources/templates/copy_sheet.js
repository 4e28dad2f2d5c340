"use strict";
(function () {
  var progress = document.getElementById("progress");
  var buttons = document.querySelectorAll("button[data-copy]");
  var counted = document.querySelectorAll("button[data-counts]");

  // The clipboard interface is missing in older browsers and refused on file pages in some: copy by selection then.
  function copyBySelection(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    var copied = false;
    try { copied = document.execCommand("copy"); } catch (error) { copied = false; }
    document.body.removeChild(area);
    return copied;
  }

  function tell(button, copied) {
    button.textContent = copied ? "✓ " + progress.dataset.copied : progress.dataset.failed;
    if (copied) { button.classList.add("done"); }
    var done = document.querySelectorAll("button[data-counts].done").length;
    progress.textContent = progress.dataset.text.replace("{done}", done).replace("{total}", counted.length);
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      var text = document.getElementById(button.dataset.copy).textContent;
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text).then(
          function () { tell(button, true); },
          function () { tell(button, copyBySelection(text)); }
        );
      } else {
        tell(button, copyBySelection(text));
      }
    });
  });
})();
