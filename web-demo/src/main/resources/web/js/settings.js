/**
 * What the server tells the page about itself, so that a person has little to type.
 *
 * GET /api/demo/settings answers for example
 * {"ws":{"port":8083,"path":"/mqtt"},"wss":{"port":null,"path":"/mqtt"},"groups":["GID_Sensors"],"topics":["Telemetry"],"accessKey":"AK"}
 * where a port of null means that this listener is off. The page works without that answer too, with the usual ports.
 */

const USUAL = { ws: { port: 80, path: '/mqtt' }, wss: { port: 443, path: '/mqtt' }, groups: [], topics: [], accessKey: '' };

export async function loadSettings() {
  let told = {};
  try {
    const answer = await fetch('/api/demo/settings', { headers: { Accept: 'application/json' } });
    if (answer.ok) {
      told = await answer.json();
    }
  } catch {
    // Served by a plain web server, or the answer is not JSON: the usual values will do.
  }
  return {
    ws: listener(told.ws, USUAL.ws, 'ws' in told),
    wss: listener(told.wss, USUAL.wss, 'wss' in told),
    groups: told.groups ?? USUAL.groups,
    topics: told.topics ?? USUAL.topics,
    accessKey: told.accessKey ?? USUAL.accessKey,
  };
}

/** A listener that the server did not mention gets the usual values; one that it calls off has no port. */
function listener(told, usual, mentioned) {
  if (!mentioned) {
    return usual;
  }
  return { port: told?.port ?? null, path: told?.path ?? usual.path };
}
