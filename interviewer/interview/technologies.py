"""Names of products and the role each usually plays, so that a name can be said back and never counts as content."""

from __future__ import annotations

import re

_BY_ROLE: dict[str, str] = {
    "store": r"postgres(?:ql)?|mysql|mariadb|cassandra|scylla(?:db)?|dynamo ?db|dynamo|mongo(?:db)?|hbase|bigtable|spanner|cockroach(?:db)?|foundationdb|rocksdb|leveldb|s3|gcs|"
    r"elastic ?search|opensearch|clickhouse|snowflake|bigquery|aurora|sqlite|neo4j|couchbase|riak|etcd|zookeeper|consul|influx(?:db)?|timescale(?:db)?|hdfs|vitess|tidb|sql server|oracle",
    "cache": r"redis|memcached?|varnish|cdn|cloudfront|fastly|akamai|hazelcast|valkey",
    "queue": r"kafka|rabbit ?mq|sqs|sns|kinesis|pulsar|nats|pub ?/?sub|activemq|event ?bridge|celery|sidekiq",
    "compute": r"kubernetes|k8s|lambda|ecs|fargate|docker|nginx|envoy|haproxy|istio|spark|flink|hadoop|airflow|storm|elb|alb|api gateway",
    "protocol": r"grpc|graphql|websockets?|webrtc|mqtt|sse|kafka streams|raft|paxos",
    "watching": r"prometheus|grafana|datadog|splunk|pagerduty|jaeger|opentelemetry|kibana|cloudwatch|sentry",
}
_PATTERNS = {role: re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.I) for role, names in _BY_ROLE.items()}


def technologies(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """Every product named in a text, in order: the name as written, its usual role, and its offsets."""
    found = [
        (match.group(), role, match.start(), match.end())
        for role, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda one: one[2]))
