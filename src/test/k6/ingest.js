// k6 run -e VEDETTE_TOKEN=… src/test/k6/ingest.js
// Requests of 1,000 points of 100 series, 50 a second; every answer means that the points are durable.
import http from 'k6/http';
import { check } from 'k6';
import { Counter } from 'k6/metrics';
import { headers, steady, url } from './service.js';

const accepted = new Counter('vedette_accepted_points');

export const options = {
  scenarios: { ingest: steady(50) },
  thresholds: {
    http_req_failed: ['rate<0.001'],
    http_req_duration: ['p(50)<25', 'p(99)<250'],
    checks: ['rate>0.999'],
  },
};

export default function () {
  const now = Date.now();
  const series = [];
  for (let s = 0; s < 100; s++) {
    const points = [];
    for (let p = 0; p < 10; p++) {
      points.push([now - 1000 * p, 50 + Math.random()]);
    }
    series.push({ cluster_id: 'k6', node_id: `node-${__VU}`, metric_name: `load_${s}`, points });
  }
  const answer = http.post(`${url}/api/v1/metrics`, JSON.stringify({ series }), { headers });
  check(answer, { 'all points are stored': (a) => a.status === 200 && a.json('accepted') === 1000 });
  accepted.add(1000);
}
