import { byId } from "./elements.js";

const KEY = "openclaw.token";

/** The token: from `#token=…` of the address, else the one kept for this tab, else none. */
export function currentToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY) || undefined;
}

/** Connects with another token when one is entered, or given in the address. */
export function tokenField(client) {
  byId("token").value = currentToken() ?? "";
  byId("sign-in").addEventListener("submit", (event) => {
    event.preventDefault();
    const token = byId("token").value.trim();
    if (token) sessionStorage.setItem(KEY, token);
    else sessionStorage.removeItem(KEY);
    client.reconnect();
  });
  addEventListener("hashchange", () => {
    byId("token").value = currentToken() ?? "";
    client.reconnect();
  });
}
