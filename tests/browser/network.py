"""Where the network comes and goes: what a page only promises to know, and a worker that learns it late."""

TRIES = 100


def until(page, promise):
    """Wait until this promise, asked again and again, is true: `wait_for_function` takes a first answer."""
    asked_again = "await new Promise((done) => setTimeout(done, 50))"
    page.wait_for_function(f"async () => {{ while (!(await ({promise}))) {asked_again}; return true; }}")


def goes_online(page, open_again):
    """Open a page by this act once the network is back: the worker that answers for it may learn it later."""
    page.context.set_offline(False)
    for _ in range(TRIES):
        with page.expect_navigation():
            open_again()
        if not page.get_by_role("heading", name="Hors connexion").count():
            return
        page.wait_for_timeout(100)
    raise AssertionError("the worker still answers that it is offline")
