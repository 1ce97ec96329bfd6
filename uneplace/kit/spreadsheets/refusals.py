class UnreadableSheet(ValueError):
    """The file as a whole cannot be read as a table; the message is a French sentence."""


def not_a_table(kind: str) -> UnreadableSheet:
    """The file has the name of a kind, and not its content."""
    return UnreadableSheet(
        f"Ce fichier porte le nom d’un {kind}, mais n’en est pas un. Ouvrez-le dans votre tableur, "
        "puis enregistrez-le de nouveau."
    )
