"""Pictures are drawn again: what is kept has the dots and nothing of what the camera wrote beside them."""

import struct
import zlib
from io import BytesIO
from warnings import catch_warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from .refusals import FileRefused, not_a

MOST_PIXELS = 25_000_000  # a telephone makes 12 to 24 million; each takes 4 bytes once open
LONGEST_SIDE = 4000  # pixels kept: a sheet of paper scanned at 340 dots an inch
QUALITY = 88
# What Pillow raises on a file that is cut or forged, besides its own errors.
DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    AttributeError,
    MemoryError,
    struct.error,
    zlib.error,
)


def drawn_again(content: bytes, kind: str) -> bytes:
    """The picture upright, at most 4000 pixels long, without metadata. Raises `FileRefused`."""
    try:
        # What Pillow finds odd without being stopped by it is drawn again like the rest.
        with catch_warnings(action="ignore"), Image.open(BytesIO(content), formats=[kind]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _too_large()
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _dots_alone(upright, kind)
    except UnidentifiedImageError:
        raise not_a(kind)
    except Image.DecompressionBombError:
        raise _too_large()
    except FileRefused:
        raise
    except DAMAGED:
        raise FileRefused("Cette image est abîmée et ne s’ouvre pas. Reprenez la photo, ou envoyez un PDF.")


def _dots_alone(picture: Image.Image, kind: str) -> bytes:
    has_holes = kind == "PNG" and (picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info)
    mode = "RGBA" if has_holes else "L" if picture.mode in ("1", "L") else "RGB"
    converted = picture.convert(mode)
    alone = Image.new(mode, converted.size)
    alone.paste(converted)
    out = BytesIO()
    alone.save(out, kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()


def _too_large() -> FileRefused:
    return FileRefused(
        "Cette image a trop de points (25\u00a0millions au plus). Réduisez-la, ou envoyez un PDF."
    )
