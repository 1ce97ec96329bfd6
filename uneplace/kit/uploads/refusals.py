class FileRefused(ValueError):
    """A file that is not what it should be; the message is a French sentence."""


def not_a(kind: str) -> FileRefused:
    """The file has the name of a kind, and not its content."""
    return FileRefused(
        f"Ce fichier porte le nom d’un {kind}, mais n’en est pas un. Ouvrez-le pour vérifier, "
        "puis enregistrez-le de nouveau."
    )


def too_complex() -> FileRefused:
    """More than any letter or CV needs."""
    return FileRefused("Ce document est trop complexe. Enregistrez-le en PDF, puis envoyez le PDF.")
