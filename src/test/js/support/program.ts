import { matcher, OpenClaw, OpenClawError, type Publication } from "../../../main/webapp/client/openclaw.js";

const client = new OpenClaw("ws://127.0.0.1/ws", { token: async () => "t", backoff: { base: 1 } });
const stop: () => void = client.on("gap", (gap) => console.log(gap.reason, gap.from + gap.to));
client.on("error", (error: OpenClawError) => console.log(error.code, error.retry));
const subscription = client.subscribe("a/+", { history: 3, mode: "latest" }, (p: Publication) => console.log(p.data));
const offset: number = (await client.publish("a/b", { x: 1 }, { key: "k" })).offset;
const { items } = await client.history("a/#", { limit: 1, reverse: true });
const matched: boolean = matcher("a/+")(items[0].topic);
await subscription.unsubscribe();
// @ts-expect-error there is no such event
client.on("nothing", () => {});
export { matched, offset, stop };
