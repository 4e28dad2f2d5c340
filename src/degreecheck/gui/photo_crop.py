"""Where the photo is cut: frames of the school's shape inside a picture, and a proposal from what was measured.

Boxes are relative (0-1) to the whole upright picture, as in the form. Pure functions; nothing is drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from degreecheck.facts import Box, FileFacts
    from degreecheck.pack import PhotoSpec

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
_LEAST_HEIGHT = 64  # pixels of a frame: with less, nobody could be recognised
_DECIMALS = 6  # in the form: finer than a pixel of the largest picture that is read
# Of the room that the head leaves, above the crown; the rest is for neck and shoulders. With the head in the middle of
# the pack's range the eyes come to 0.38 of the height: other portals ask for 0.30-0.50 (domain facts, confidence B).
_ROOM_ABOVE = 0.25
_OFF_MIDDLE = 0.1  # of a frame's width, for the face: PHO404 asks from 0.13
_SAME_SHAPE = 0.015  # as PHO203
_SAME = 1e-6


@dataclass(frozen=True)
class Frames:
    """The frames that fit a picture of ``width`` x ``height`` pixels; ``aspect`` is a frame's width : height."""

    width: int
    height: int
    aspect: float

    @property
    def _slope(self) -> float:
        """A frame's relative width for each unit of its relative height."""
        return self.aspect * self.height / self.width

    @property
    def greatest(self) -> float:
        """The relative height of the largest frame."""
        return min(1.0, 1.0 / self._slope)

    @property
    def least(self) -> float:
        """The relative height of the smallest frame that is offered."""
        return min(self.greatest, _LEAST_HEIGHT / self.height)

    def largest(self) -> Box:
        """The largest frame, in the middle."""
        return self.around(0.5, 0.5, self.greatest)

    def around(self, x: float, y: float, height: float, within: Box = WHOLE) -> Box:
        """The frame of a relative height around a point, pushed inside where it would leave the picture.

        ``within``: the part of the picture that it may use, large enough for it.
        """
        high = min(max(height, self.least), self.greatest)
        wide = min(high * self._slope, 1.0)
        left = max(min(x - wide / 2, within[2] - wide), within[0], 0.0)
        top = max(min(y - high / 2, within[3] - high), within[1], 0.0)
        return (left, top, min(left + wide, 1.0), min(top + high, 1.0))

    def greatest_within(self, part: Box) -> float:
        """The relative height of the largest frame in a part of the picture."""
        return min(part[3] - part[1], (part[2] - part[0]) / self._slope)

    def height_around(self, x: float) -> float:
        """The relative height of the largest frame that has ``x`` about its middle."""
        return min(self.greatest, min(x, 1 - x) / (0.5 - _OFF_MIDDLE) / self._slope)

    def fits(self, box: Box) -> bool:
        """Whether a box has a frame's shape already, give or take what nobody sees."""
        x0, y0, x1, y1 = box
        return abs((x1 - x0) / ((y1 - y0) * self._slope) - 1) <= _SAME_SHAPE

    def fitted(self, box: Box) -> Box:
        """The largest frame inside a box of any shape, in its middle: what the export would take of it."""
        x0, y0, x1, y1 = box
        return self.around((x0 + x1) / 2, (y0 + y1) / 2, min(y1 - y0, (x1 - x0) / self._slope))

    def moved(self, box: Box, x: float, y: float) -> Box:
        """The frame moved by relative distances, as far as the picture goes."""
        x0, y0, x1, y1 = box
        return self.around((x0 + x1) / 2 + x, (y0 + y1) / 2 + y, y1 - y0)

    def resized(self, box: Box, by: float) -> Box:
        """The frame higher (or, below zero, lower) by a relative length, around its middle."""
        x0, y0, x1, y1 = box
        return self.around((x0 + x1) / 2, (y0 + y1) / 2, y1 - y0 + by)

    def dragged(self, box: Box, handle: tuple[int, int], x: float, y: float) -> Box:
        """The frame after one of its handles was drawn to a point.

        ``handle``: -1, 0, 1 across and down, (1, 1) is the lower right corner. What lies opposite stays where it is.
        """
        across, down = handle
        x0, y0, x1, y1 = box
        fixed_x = {-1: x1, 0: (x0 + x1) / 2, 1: x0}[across]
        fixed_y = {-1: y1, 0: (y0 + y1) / 2, 1: y0}[down]
        wanted = max(
            (x - fixed_x) * across / self._slope if across else 0.0,
            (y - fixed_y) * down if down else 0.0,
        )
        room = min(_room(fixed_x, across) / self._slope, _room(fixed_y, down))
        high = min(max(wanted, self.least), room, self.greatest)
        wide = high * self._slope
        return self.around(fixed_x + across * wide / 2, fixed_y + down * high / 2, high)

    def pixels(self, box: Box) -> tuple[int, int]:
        """Width and height of a box in pixels of the picture."""
        return round((box[2] - box[0]) * self.width), round((box[3] - box[1]) * self.height)

    def settled(self, box: Box | None) -> Box | None:
        """The box as the form keeps it; None for the whole picture."""
        if box is None:
            return None
        half_x, half_y = 0.5 / self.width, 0.5 / self.height
        if box[0] <= half_x and box[1] <= half_y and box[2] >= 1 - half_x and box[3] >= 1 - half_y:
            return None
        x0, y0, x1, y1 = (round(min(max(side, 0.0), 1.0), _DECIMALS) for side in box)
        return (x0, y0, x1, y1)


def _room(fixed: float, direction: int) -> float:
    if direction == 0:
        return 2 * min(fixed, 1 - fixed)
    return 1 - fixed if direction > 0 else fixed


@dataclass(frozen=True)
class Head:
    """The head in the whole picture: the face's middle, crown, chin, relative; ``guessed``: the crown was not seen."""

    middle: float
    crown: float
    chin: float
    guessed: bool = False

    @property
    def height(self) -> float:
        """Chin to crown, of the picture's height."""
        return self.chin - self.crown

    def share_of(self, box: Box) -> float:
        """Chin to crown, of a frame's height."""
        return self.height / (box[3] - box[1])


def head_of(facts: FileFacts) -> Head | None:
    """The head as it was measured; None where none was, or where the person does not stand upright."""
    photo = facts.photo
    if photo is None or photo.turned or not photo.faces or photo.crown is None or not photo.head_height:
        return None
    left, _, right, _ = photo.in_picture(photo.faces[0].box)
    _, crown, _, chin = photo.in_picture((0.0, photo.crown, 1.0, min(photo.crown + photo.head_height, 1.0)))
    return Head((left + right) / 2, crown, chin, photo.head_estimated) if chin > crown else None


def frames_of(facts: FileFacts, spec: PhotoSpec) -> Frames | None:
    """The frames for a picture; None where its size is not known."""
    image = facts.image
    if image is None or not image.width or not image.height:
        return None
    return Frames(image.width, image.height, spec.width / spec.height)


def propose_crop(facts: FileFacts, spec: PhotoSpec) -> Box | None:
    """A frame in which the head has a usual height and place. None without a head, or where no frame fits it.

    As many pixels as the export needs are kept where the head stays large enough in them: nothing is ever enlarged.
    """
    frames, head = frames_of(facts, spec), head_of(facts)
    if frames is None or head is None:
        return None
    least, greatest = spec.head_height
    high = 2 * head.height / (least + greatest)
    high = max(min(high, frames.height_around(head.middle)), head.height / greatest)
    enough = spec.height / frames.height
    high = max(high, min(enough, head.height / least))
    part = _usable(facts, frames, head, max(enough, head.height / greatest))
    high = min(max(high, frames.least), frames.greatest_within(part))
    if not least - _SAME <= head.height / high <= greatest + _SAME:
        return None
    top = head.crown - _ROOM_ABOVE * (high - head.height)
    return frames.around(head.middle, top + high / 2, high, part)


def _usable(facts: FileFacts, frames: Frames, head: Head, needed: float) -> Box:
    """The picture without its margins, where a frame of the needed height finds room there.

    Else all of it: a photo with a margin can be mended, one without its pixels cannot.
    """
    part = _without_borders(facts)
    holds_head = part[0] <= head.middle <= part[2] and part[1] <= head.crown and head.chin <= part[3]
    has_room = frames.greatest_within(part) >= min(max(needed, frames.least), frames.greatest)
    return part if holds_head and has_room else WHOLE


def _without_borders(facts: FileFacts) -> Box:
    """The picture without margins of another colour (PHO305), where its sides were measured."""
    photo = facts.photo
    if photo is None or not photo.borders:
        return WHOLE
    wide = {border.side: border.width for border in photo.borders}
    left, top, right, bottom = (wide.get(side, 0.0) for side in ("left", "top", "right", "bottom"))
    if left + right >= 1 or top + bottom >= 1:
        return WHOLE
    return photo.in_picture((left, top, 1 - right, 1 - bottom))
