// k6 run -e VEDETTE_TOKEN=… src/test/k6/transactions.js
// Payments of 1,000 accounts, one a request, 50 a second; every answer is a decision that is durable.
import http from 'k6/http';
import { check } from 'k6';
import { headers, steady, url } from './service.js';

export const options = {
  scenarios: { transactions: steady(50) },
  thresholds: {
    http_req_failed: ['rate<0.001'],
    http_req_duration: ['p(50)<50', 'p(99)<250'],
    checks: ['rate>0.999'],
  },
};

const outcomes = ['approve', 'review', 'decline'];
// ids of one run are no ids of another
const run = Date.now();

export default function () {
  const account = Math.floor(Math.random() * 1000);
  const payment = {
    transaction_id: `k6-${run}-${__VU}-${__ITER}`,
    account_id: `account-${account}`,
    time: new Date().toISOString(),
    amount: Math.round(100 * Math.exp(3 + Math.random() * 2)) / 100,
    currency: 'EUR',
    merchant: `shop-${account % 40}`,
    country: 'DE',
    channel: 'online',
  };
  const body = JSON.stringify({ transactions: [payment] });
  const answer = http.post(`${url}/api/v1/transactions?decide=true`, body, { headers });
  check(answer, {
    'it is stored': (a) => a.status === 200 && a.json('items.0.status') === 'accepted',
    'it is decided': (a) => outcomes.includes(a.json('items.0.decision.outcome')),
  });
}
