"""Cases in a file: each names a rule and its facts, and gets the rule's answer or the fact that is wrong.

`uneplace rules FILE` evaluates them. The rules are those that the screens call; only the reading is here.
"""

from uneplace.rules.cases.command import run
from uneplace.rules.cases.evaluating import RULES, evaluate
from uneplace.rules.cases.files import Unreadable, read_cases

__all__ = ["RULES", "Unreadable", "evaluate", "read_cases", "run"]
