from tests.settlement.conftest import buyer, commitment, company, counted, facilitator

__all__ = ["buyer", "commitment", "company", "counted", "facilitator"]
