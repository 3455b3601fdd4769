"""What label printers take: rows of bits, and the picture moved to where the paper really lies."""

from PIL import Image, ImageChops

# What Pillow means by a set bit; 1 would come out as neither black nor white when the picture is inverted.
_WHITE = 255


def ink_rows(picture: Image.Image) -> tuple[bytes, int]:
    """The rows of a 1-bit picture, one bit a dot, 1 where ink is, each row whole bytes; and the bytes of a row."""
    return ImageChops.invert(picture).tobytes(), (picture.width + 7) // 8


def moved(picture: Image.Image, right: int, down: int) -> Image.Image:
    """The picture shifted by dots, for a printer whose paper does not lie where it should; its size stays."""
    if not right and not down:
        return picture
    result = Image.new("1", picture.size, _WHITE)
    result.paste(picture, (right, down))
    return result
