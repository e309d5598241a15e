// k6 run -e VEDETTE_TOKEN=… src/test/k6/query.js
// What a dashboard asks: health, anomalies, the heat map's scores, one series over a day.
import http from 'k6/http';
import { check } from 'k6';
import { headers, steady, url } from './service.js';

export const options = {
  scenarios: { query: steady(20) },
  thresholds: {
    http_req_failed: ['rate<0.001'],
    'http_req_duration{name:health}': ['p(99)<100'],
    'http_req_duration{name:anomalies}': ['p(99)<100'],
    'http_req_duration{name:scores}': ['p(99)<100'],
    'http_req_duration{name:series}': ['p(99)<100'],
    checks: ['rate>0.999'],
  },
};

export function setup() {
  const answer = http.get(`${url}/api/v1/series?limit=100`, { headers });
  return answer.json('items').map((s) => [s.cluster_id, s.node_id, s.metric_name]);
}

export default function (series) {
  const to = new Date().toISOString();
  const from = new Date(Date.now() - 24 * 3600 * 1000).toISOString();
  const [cluster, node, metric] = series[Math.floor(Math.random() * series.length)];
  const asked = {
    health: '/health',
    anomalies: `/anomalies?limit=100&from=${from}&to=${to}`,
    scores: `/scores?level=cluster&from=${from}&to=${to}&step=15m`,
    series: `/metrics?cluster_id=${cluster}&node_id=${node}&metric_name=${metric}&from=${from}&to=${to}`,
  };
  for (const [name, path] of Object.entries(asked)) {
    const answer = http.get(`${url}/api/v1${path}`, { headers, tags: { name } });
    check(answer, { [`${name} answers`]: (a) => a.status === 200 });
  }
}
