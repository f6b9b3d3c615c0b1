/**
 * Reads Kafka messages as the JavaScript SDK of CloudEvents does, for tests/contracts/test_cloudevents.py.
 *
 *     node scripts/cloudevents.ts < messages     a line each: {"headers": {"ce_id": "1", …}, "value": "{…}"}
 *
 * Prints how many it read and the first that it refused, as one JSON object.
 */
import { createInterface } from "node:readline";
import { CloudEvent, Kafka } from "cloudevents";
import type { KafkaMessage } from "cloudevents";

interface Sent {
  headers: Record<string, string>;
  value: string;
}

function refusal(line: string): string | undefined {
  const { headers, value } = JSON.parse(line) as Sent;
  const message = { headers, value, body: value, key: undefined, timestamp: undefined } as unknown as KafkaMessage;
  try {
    const event = Kafka.toEvent(message);
    if (!(event instanceof CloudEvent)) return "not one CloudEvent";
    event.validate();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

let read = 0;
const refused: { line: string; why: string }[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  read += 1;
  const why = refusal(line);
  if (why !== undefined) refused.push({ line: line.slice(0, 500), why });
}
console.log(JSON.stringify({ read, refused: refused.length, first: refused[0] ?? null }));
