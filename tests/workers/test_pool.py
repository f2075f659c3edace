import math
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.batch import Plan, clean_items, run_batch
from cleaner.errors import UsageError
from cleaner.parallel import clean_many
from cleaner.reading import Reading
from cleaner.workers import Limits, Lost, Pool, Worked
from cleaner.workers.forking import NurseryError

sys.path.append(os.path.dirname(__file__))  # noqa: PTH120 - workers import the tasks by name
TASK = "tasks:worker"


def run(items, *, jobs=2, limits=None, **options):
    pool = Pool(TASK, jobs=jobs, limits=limits or Limits(), **options)
    return list(pool.run(items))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs):
    items = [("slow", 0.05) if number % 40 == 7 else number for number in range(300)]
    results = run(items, jobs=jobs)
    assert [item for item, _ in results] == items
    assert [result.value for _, result in results] == items


def test_items_without_payload_need_no_process():
    found = run(["a", "b"], payload=lambda item: None)
    assert found == [("a", None), ("b", None)]


def test_each_way_to_die_costs_one_item():
    items = list(range(100))
    items[3], items[40], items[41], items[77], items[99] = "kill", "segv", "exit", "raise", "kill"
    results = run(items)
    lost = {
        item_at: result for item_at, (_, result) in enumerate(results) if isinstance(result, Lost)
    }
    assert [result.outcome for result in lost.values()] == ["crashed"] * 3 + ["failed", "crashed"]
    assert list(lost) == [3, 40, 41, 77, 99]
    assert "SIGKILL" in lost[3].reason
    assert "SIGSEGV" in lost[40].reason
    assert "exit code 7" in lost[41].reason
    assert "no such luck" in lost[77].reason
    assert all(result.value == item for item, result in results if isinstance(result, Worked))


@pytest.mark.parametrize("signal_name", ["kill", "segv"])
def test_a_hundred_deaths_cost_a_hundred_items(signal_name):
    items = list(range(2000))
    dead = set(random.Random(5).sample(items, 100))
    results = run([signal_name if item in dead else item for item in items])
    lost = {at for at, (_, result) in enumerate(results) if isinstance(result, Lost)}
    assert lost == dead
    assert {result.outcome for _, result in results if isinstance(result, Lost)} == {"crashed"}
    assert [result.value for _, result in results if isinstance(result, Worked)] == [
        item for item in items if item not in dead
    ]


@pytest.mark.parametrize("how", ["loop", "sleep"])
def test_work_without_end_is_ended(how):
    begin = time.monotonic()
    results = run([0, how, 2, 3], limits=Limits(timeout=0.5))
    assert [type(result) for _, result in results] == [Worked, Lost, Worked, Worked]
    assert results[1][1].outcome == "timed out"
    assert "0.5 seconds" in results[1][1].reason
    assert time.monotonic() - begin < 20


def test_work_that_eats_memory_is_ended():
    results = run([0, "eat", 2], limits=Limits(memory=400 << 20))
    assert [type(result) for _, result in results] == [Worked, Lost, Worked]
    assert results[1][1].outcome == "crashed"
    assert "400 MB" in results[1][1].reason


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux limits the memory of a process"
)
def test_work_that_finds_no_memory_left_fails_and_ends():
    results = run([0, "fill", 2], limits=Limits(timeout=20))
    assert [type(result) for _, result in results] == [Worked, Lost, Worked]
    assert results[1][1].outcome == "failed"
    assert results[1][1].reason.startswith("the memory did not suffice for it")


@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, "2", True, 1j])
def test_what_is_no_limit_is_refused(value):
    for name in ("timeout", "memory"):
        with pytest.raises(UsageError, match=f"{name} is a .*, not {value!r}"):
            Limits(**{name: value})
    for begin in (
        lambda: Pool(TASK, jobs=value),
        lambda: clean_many(["a page"], jobs=value),
        lambda: list(clean_items([], jobs=value)),
        lambda: run_batch([], Path("nowhere"), Plan(), jobs=value),
    ):
        with pytest.raises(UsageError, match=f"jobs is a whole number .*, not {value!r}"):
            begin()
    with pytest.raises(UsageError, match="bytes of a document"):
        Plan(reading=Reading(most=value))


def test_numbers_of_half_processes_and_bytes_are_refused():
    with pytest.raises(UsageError, match="jobs is a whole number"):
        Pool(TASK, jobs=1.5)
    with pytest.raises(UsageError, match="memory is a whole number"):
        Limits(memory=1e9)


def test_a_limit_may_be_longer_than_a_system_can_wait():
    assert [result.value for _, result in run([1], limits=Limits(timeout=1e11, memory=None))] == [1]


def test_items_are_taken_only_so_far_ahead():
    taken = 0

    def items():
        nonlocal taken
        for _ in range(20_000):
            taken += 1
            yield "x" * 100_000

    results = Pool(TASK, jobs=1, weigh=len).run(items())
    next(results)
    assert taken * 100_000 < 80 << 20
    results.close()


def test_large_messages_do_not_block():
    items = ["x" * 3_000_000] * 12
    assert [result.value for _, result in run(items, weigh=len)] == items


def test_no_process_is_left_when_the_results_are_not_taken():
    results = Pool(TASK, jobs=2).run(["pid", *["sleep"] * 4])
    pid = next(results)[1].value
    results.close()
    assert not Path(f"/proc/{pid}").exists()


def test_workers_are_replaced_when_their_nursery_is_killed():
    pool = Pool(TASK, jobs=2)
    results = pool.run(range(200))
    next(results)
    pool._nursery._process.kill()
    rest = list(results)
    assert len(rest) == 199
    assert all(isinstance(result, Worked) for _, result in rest if result)


def test_a_task_that_does_not_exist_ends_the_run(capfd):
    with pytest.raises(NurseryError, match="could not start"):
        list(Pool("tasks:nosuch", jobs=1).run([1]))
    assert "nosuch" in capfd.readouterr().err


def test_workers_die_with_a_command_that_is_killed():
    script = (
        f"import sys; sys.path.append({os.path.dirname(__file__)!r})\n"  # noqa: PTH120
        "from cleaner.workers import Pool\n"
        "for item, result in Pool('tasks:worker', jobs=2).run(['pid', 'pid', *['loop'] * 9]):\n"
        "    print(result.value, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=-1) as process:
        pids = [int(process.stdout.readline()) for _ in range(2)]
        assert all(os.getpgid(pid) == os.getpgid(process.pid) for pid in pids)
        process.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
