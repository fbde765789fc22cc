"""A cluster of one machine: Spark, started once."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_HERE = "127.0.0.1"

_ERRORS_ALONE = """\
rootLogger.level = error
rootLogger.appenderRef.said.ref = said
appender.said.type = Console
appender.said.name = said
appender.said.target = SYSTEM_ERR
appender.said.layout.type = PatternLayout
appender.said.layout.pattern = %p %c: %m%n
"""


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """Spark on two cores, which keeps its files to itself and talks to this machine alone."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: uv sync --group spark")
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        pytest.skip("java is not on the PATH, and Spark runs on it")
    from pyspark.sql import SparkSession  # noqa: PLC0415 - it may be missing

    place = tmp_path_factory.mktemp("spark")
    quiet = place / "log4j2.properties"
    quiet.write_text(_ERRORS_ALONE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", _HERE)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
        builder = SparkSession.builder.master("local[2]")
        for name, value in {
            "spark.driver.bindAddress": _HERE,
            "spark.driver.host": _HERE,
            "spark.driver.extraJavaOptions": (
                f"-Djava.io.tmpdir={place} -Dlog4j2.configurationFile={quiet.as_uri()}"
                " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
            ),
            "spark.local.dir": str(place),
            "spark.sql.warehouse.dir": str(place / "warehouse"),
            "spark.sql.adaptive.enabled": "false",  # plans of few rows are not worth it
            "spark.sql.shuffle.partitions": "2",
            "spark.python.sql.dataFrameDebugging.enabled": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        gateway = session.sparkContext._gateway
        yield session
        session.stop()
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(timeout=60)
