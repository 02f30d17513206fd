"""What an algorithm's process names as the files of a result is checked before it is stored."""

from pathlib import Path

from runtime.worker.jobs.product import MOST_BYTES, Product, fault


def test_a_file_that_s3_does_not_take_in_one_call_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "values.mha"
    for size, wrong in ((MOST_BYTES, None), (MOST_BYTES + 1, "has 5.0 GiB; at most 5 GiB can be stored")):
        with path.open("wb") as file:
            file.truncate(size)  # it has no blocks
        found = fault([Product(path, "values", size, "")], tmp_path)
        assert (found is None) if wrong is None else (found is not None and wrong in found)
