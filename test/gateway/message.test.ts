import { expect, test } from "@jest/globals";
import { Message } from "../../gateway/subscriptions/live-operation.ts";

const about = (name: string) => new Message(JSON.stringify({ data: { event: { name } } }));

test("events of whatever length have messages of one length, which say what they said", () => {
  const [short, long] = [about("Bo"), about(`Maximiliaan ${"van der ".repeat(20)}Berg`)].map((one) => one.for("1"));
  expect(short?.length).toBe(1024);
  expect(long?.length).toBe(1024);
  expect(JSON.parse(String(short))).toEqual({ id: "1", type: "next", payload: { data: { event: { name: "Bo" } } } });
});

test("one that is longer takes as many blocks as it needs", () => {
  const message = about("é".repeat(2_000)).for("1");
  expect(message.length % 1024).toBe(0);
  expect(JSON.parse(String(message)).payload.data.event.name).toHaveLength(2_000);
});
