"""Help for the tests of reading files."""

from collections.abc import Callable, Iterator

import pytest

from maeum.errors import DataError
from maeum.messages import use_language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language(None)


@pytest.fixture
def sentences() -> Callable[[Callable[[], object]], tuple[str, str]]:
    """Run something that must fail; give its whole sentence in English and in Korean."""

    def run(call: Callable[[], object]) -> tuple[str, str]:
        found = []
        for language in ("en", "ko"):
            use_language(language)
            with pytest.raises(DataError) as caught:
                call()
            assert caught.value.exit_code == 2
            found.append(str(caught.value))
        use_language("en")
        return found[0], found[1]

    return run
