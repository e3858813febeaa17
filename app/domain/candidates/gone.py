"""Gone: whoever was to be written of is nobody any more, because somebody forgot them in the meantime."""


class Gone(Exception):  # noqa: N818 - it names what is the case
    """Nothing may be written of them; to whoever asks they are as absent as somebody who never was."""
