"""Signs what was built, where there is a certificate. Off unless asked for; nothing here knows a secret by itself.

Windows: DEGREECHECK_CERTIFICATE names a .pfx file, DEGREECHECK_CERTIFICATE_PASSWORD opens it; or
DEGREECHECK_CERTIFICATE_SHA1 names one in the user's store (a token). signtool comes with the Windows SDK.
macOS: DEGREECHECK_IDENTITY names a "Developer ID Application" in the keychain.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_TIMESTAMPS = "http://timestamp.digicert.com"


def sign_folder(folder: Path) -> None:
    """Sign the programs in a built folder. Raises SystemExit."""
    if sys.platform == "win32":
        sign_files(sorted(folder.glob("*.exe")))
    elif sys.platform == "darwin":
        _sign_bundle(folder.with_name("DegreeCheck.app"))
    else:
        print("On Linux nothing is signed; SHA256SUMS may be, with gpg --detach-sign.")


def sign_files(files: Sequence[Path]) -> None:
    """Sign programs on Windows. Raises SystemExit."""
    if sys.platform != "win32":
        return
    certificate = _windows_certificate()
    tool = shutil.which("signtool")
    if not tool:
        raise SystemExit("signtool is not here: it comes with the Windows SDK.")
    common = [tool, "sign", "/fd", "sha256", "/td", "sha256", "/tr", _TIMESTAMPS, *certificate]
    if files and subprocess.run([*common, *map(str, files)], check=False).returncode != 0:
        raise SystemExit("signtool failed; its lines above say why.")


def _windows_certificate() -> list[str]:
    if file := os.environ.get("DEGREECHECK_CERTIFICATE"):
        return ["/f", file, "/p", os.environ.get("DEGREECHECK_CERTIFICATE_PASSWORD", "")]
    if thumbprint := os.environ.get("DEGREECHECK_CERTIFICATE_SHA1"):
        return ["/sha1", thumbprint]
    raise SystemExit("--sign needs a certificate: set DEGREECHECK_CERTIFICATE or DEGREECHECK_CERTIFICATE_SHA1.")


def _sign_bundle(bundle: Path) -> None:
    identity = os.environ.get("DEGREECHECK_IDENTITY")
    if not identity:
        raise SystemExit("--sign needs an identity: set DEGREECHECK_IDENTITY.")
    entitlements = Path(__file__).resolve().parent / "macos" / "entitlements.plist"
    command = [
        "codesign", "--force", "--deep", "--options", "runtime", "--timestamp", "--entitlements", str(entitlements),
        "--sign", identity, str(bundle),
    ]  # fmt: skip
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit("codesign failed; its lines above say why.")
