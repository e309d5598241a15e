// Where the service is and what it lets us in with; shared by the scripts beside it.
export const url = __ENV.VEDETTE_URL || 'http://127.0.0.1:8080';
export const headers = {
  'Content-Type': 'application/json',
  Authorization: `Bearer ${__ENV.VEDETTE_TOKEN}`,
};

if (!__ENV.VEDETTE_TOKEN) {
  throw new Error('set VEDETTE_TOKEN: a token or API key of an editor, such as $(./vedette token --tenant demo --role editor)');
}

// Load of an open kind: as many starts a second as asked, whatever the answers take.
export function steady(rate) {
  return {
    executor: 'constant-arrival-rate',
    rate: Number(__ENV.VEDETTE_RATE || rate),
    timeUnit: '1s',
    duration: __ENV.VEDETTE_DURATION || '60s',
    preAllocatedVUs: 50,
    maxVUs: 500,
  };
}
