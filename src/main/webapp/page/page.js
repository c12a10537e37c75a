import { OpenClaw } from "../client/openclaw.js";
import { Explorer } from "./explorer.js";
import { Market } from "./market.js";
import { Sensors } from "./sensors.js";
import { showStatus } from "./status.js";
import { currentToken, tokenField } from "./token.js";

const HISTORY = 120;

const client = new OpenClaw(new URL("ws", document.baseURI), { token: currentToken });
showStatus(client);
tokenField(client);
new Explorer(client);

const market = new Market();
client.on("connected", () => setClock().catch(() => {}));
follow("stock/+/price", market);
follow("iot/#", new Sensors());

async function setClock() {
  const { time, roundTrip } = await client.ping();
  market.clockOffset = time + roundTrip / 2 - Date.now();
}

/** With some history if the policy grants that, else from now on. */
function follow(pattern, view) {
  const take = (publication) => view.take(publication);
  client.subscribe(pattern, { history: HISTORY }, take).ready.catch((error) => {
    if (error.code === "forbidden") client.subscribe(pattern, take);
  });
}
