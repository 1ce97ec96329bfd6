"""Columns that several models of this domain share."""

from django.core.validators import MaxValueValidator, MinValueValidator

SHARE = {"max_digits": 7, "decimal_places": 6, "validators": [MinValueValidator(0), MaxValueValidator(1)]}
HOURS = {"max_digits": 10, "decimal_places": 2, "validators": [MinValueValidator(0)]}
EUROS = {"max_digits": 14, "decimal_places": 2}
