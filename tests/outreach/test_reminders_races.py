"""Several workers at once, on both databases: each reminder is said once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from outreach.reminders import remind
from tests.outreach.world import DAY, World

WORKERS = 6
PATIENTS = 8


def test_many_workers_at_once_say_each_reminder_once(any_world: World) -> None:
    world = any_world
    patients = [
        world.register(f"Ana Torres {chr(65 + number)}", "es", f"+5255010000{number:02d}")
        for number in range(PATIENTS)
    ]
    starts = [world.at(DAY, 12) + number * timedelta(minutes=30) for number in range(PATIENTS)]
    for patient, start in zip(patients, starts, strict=True):
        world.visit(patient, start)
    at = world.at(DAY - timedelta(1), 16)
    world.now[0] = at
    barrier = Barrier(WORKERS)

    def sweep(_number: int) -> None:
        barrier.wait(timeout=30)
        remind(world.services, at)
        world.send(at)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(sweep, range(WORKERS)))
    assert [len(world.told(patient)) for patient in patients] == [1] * PATIENTS
    assert sorted(sent.to for sent in world.post.sent) == [
        f"+5255010000{number:02d}" for number in range(PATIENTS)
    ]


def test_two_workers_keep_to_one_reminder_a_day(any_world: World) -> None:
    world = any_world
    world.visit(world.ana, world.at(DAY, 12))
    world.visit(world.ana, world.at(DAY + timedelta(2), 11))
    at = world.at(DAY - timedelta(1), 13)
    barrier = Barrier(2)

    def sweep(_number: int) -> None:
        barrier.wait(timeout=30)
        remind(world.services, at)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(sweep, range(2)))
    assert len(world.told(world.ana)) == 1
