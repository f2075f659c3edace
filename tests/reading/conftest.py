import pytest

from cleaner.reading import Reading, find_sources, read_items


@pytest.fixture
def read(tmp_path):
    """The items of a file with this content."""

    def read_content(content, name="input", **reading):
        path = tmp_path / name
        path.write_bytes(content)
        (source,) = find_sources([path])
        return list(read_items(source, Reading(**reading)))

    return read_content
