"""Two questions of Kafka's protocol for which aiokafka has no request: how a transaction stands, what is open in a log.

    DescribeTransactions (65, KIP-664)    asked of the coordinator:  CompleteAbort, producer 25, epoch 8
    DescribeProducers    (61, KIP-664)    asked of a leader:         producer 25, epoch 7, open since offset 1263

Both are there since Kafka 3.0. With access control the first needs Describe on the transactional id, the second Read on
the topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import CompactArray, CompactString, Int16, Int32, Int64, Schema, TaggedFields

_TEXT = CompactString("utf-8")
_TAGS = ("tags", TaggedFields)
_PLACES = CompactArray(("topic", _TEXT), ("partitions", CompactArray(Int32)), _TAGS)


class _TransactionsAnswer(Response):  # type: ignore[misc]
    API_KEY = 65
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "transactions",
            CompactArray(
                ("error_code", Int16),
                ("transactional_id", _TEXT),
                ("state", _TEXT),
                ("timeout_ms", Int32),
                ("started_ms", Int64),
                ("producer_id", Int64),
                ("epoch", Int16),
                ("topics", _PLACES),
                _TAGS,
            ),
        ),
        _TAGS,
    )


class _Transactions(RequestStruct):  # type: ignore[misc]
    FLEXIBLE_VERSION = True
    API_KEY = 65
    API_VERSION = 0
    RESPONSE_TYPE = _TransactionsAnswer
    SCHEMA = Schema(("transactional_ids", CompactArray(_TEXT)), _TAGS)


class DescribeTransactions(Request[_Transactions]):  # type: ignore[misc]
    """How the last transactions of these ids stand."""

    API_KEY = 65

    def __init__(self, transactional_ids: Sequence[str]) -> None:
        self._ids = list(transactional_ids)

    def build(self, request_struct_class: type[_Transactions]) -> Any:
        return request_struct_class(self._ids, {})


class _ProducersAnswer(Response):  # type: ignore[misc]
    API_KEY = 61
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "topics",
            CompactArray(
                ("topic", _TEXT),
                (
                    "partitions",
                    CompactArray(
                        ("partition", Int32),
                        ("error_code", Int16),
                        ("error_message", _TEXT),
                        (
                            "producers",
                            CompactArray(
                                ("producer_id", Int64),
                                ("epoch", Int32),
                                ("last_sequence", Int32),
                                ("last_ms", Int64),
                                ("coordinator_epoch", Int32),
                                ("open_since", Int64),
                                _TAGS,
                            ),
                        ),
                        _TAGS,
                    ),
                ),
                _TAGS,
            ),
        ),
        _TAGS,
    )


class _Producers(RequestStruct):  # type: ignore[misc]
    FLEXIBLE_VERSION = True
    API_KEY = 61
    API_VERSION = 0
    RESPONSE_TYPE = _ProducersAnswer
    SCHEMA = Schema(("topics", _PLACES), _TAGS)


class DescribeProducers(Request[_Producers]):  # type: ignore[misc]
    """Who has written to these partitions, and since which offset a transaction of theirs is open there."""

    API_KEY = 61

    def __init__(self, topics: Mapping[str, Sequence[int]]) -> None:
        self._topics: list[Any] = [(topic, list(partitions), {}) for topic, partitions in topics.items()]

    def build(self, request_struct_class: type[_Producers]) -> Any:
        return request_struct_class(self._topics, {})
