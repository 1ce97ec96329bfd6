"""Exact numbers: fractions inside a rule, hundredths at its borders, rounded once and last."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from uneplace.rules.errors import FactError


def hundredths(count: int) -> Decimal:
    """That many hundredths as a decimal with two decimals, whatever the precision in use."""
    sign = "-" if count < 0 else ""
    whole, rest = divmod(abs(count), 100)
    return Decimal(f"{sign}{whole}.{rest:02}")


def in_hundredths(value: Decimal | int) -> int:
    """How many hundredths the value is; it must have two decimals at most."""
    numerator, denominator = value.as_integer_ratio()
    count, rest = divmod(numerator * 100, denominator)
    if rest:
        raise FactError("hours", "deux décimales au plus sont attendues.")
    return count


def round2(value: Decimal | Fraction | int) -> Decimal:
    """Hours or euros to the hundredth, half up (half away from zero for a negative amount)."""
    numerator, denominator = value.as_integer_ratio()
    count = (200 * abs(numerator) + denominator) // (2 * denominator)
    return hundredths(-count if numerator < 0 else count)


def round_parts(numerators: Sequence[int], denominator: int) -> list[int]:
    """Whole parts that sum to what the exact ones sum to (a whole number), by largest remainder.

    Each exact part is numerator / denominator. Each is floored; the missing units go one by one to the
    largest remainders, ties to the first listed.
    """
    floors = [numerator // denominator for numerator in numerators]
    missing = sum(numerators) // denominator - sum(floors)
    if missing:
        by_remainder = sorted(range(len(floors)), key=lambda index: -(numerators[index] % denominator))
        for index in by_remainder[:missing]:
            floors[index] += 1
    return floors


def largest_remainder(total: Decimal, weights: Sequence[Decimal | Fraction | int]) -> list[Decimal]:
    """Split a total, in hundredths, over weights into parts that sum to it exactly.

    Weights are zero or more and not all zero: `FactError` otherwise.
    """
    exact = [Fraction(weight) for weight in weights]
    weight_sum = sum(exact)
    if any(weight < 0 for weight in exact) or not weight_sum:
        raise FactError("weights", "des poids positifs, non tous nuls, sont attendus.")
    parts = [in_hundredths(total) * weight / weight_sum for weight in exact]
    # A common denominator lets the remainders be compared as whole numbers.
    denominator = lcm(*(part.denominator for part in parts))
    numerators = [part.numerator * (denominator // part.denominator) for part in parts]
    return [hundredths(count) for count in round_parts(numerators, denominator)]
