// The simulator's JSON. A number never stands in an address: the phone's id does.

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

export const get = async (path, signal) => read(await fetch(`api/${path}`, { signal }));

export const post = async (path, body = {}) =>
  read(
    await fetch(`api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

// Follows a phone until the signal aborts, giving every batch of changes to `take`.
export async function follow(phone, take, lost, signal) {
  let after = 0;
  let failures = 0;
  while (!signal.aborted) {
    const begun = performance.now();
    try {
      const wait = after ? 15 : 0;
      const changes = await get(`phones/${phone}/updates?after=${after}&wait=${wait}`, signal);
      after = changes.revision;
      failures = 0;
      take(changes);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (failures === 2) lost(error);
    }
    const pause = failures ? Math.min(5000, 500 * failures) : 350 - (performance.now() - begun);
    await new Promise((done) => setTimeout(done, Math.max(0, pause)));
  }
}
