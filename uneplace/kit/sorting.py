from django.db.models import CharField, Func


class SortKey(Func):
    """A text in lower case and without accents: what names are sorted and searched by.

    Calls the database function of `kit/database.py`.
    """

    function = "sort_key"
    output_field = CharField()
