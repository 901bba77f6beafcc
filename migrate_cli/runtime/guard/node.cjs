// Loaded by Node through NODE_OPTIONS: what `sitecustomize.py` does for Python, with the same variables. It does not see
// Deno, Bun, or packages that open connections with code of their own (`undici` from npm is refused, not redirected).
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const net = require('net');

const base = process.env.MIGRATE_STANDIN_URL;
const list = (name) => (process.env[name] || '').split(',').filter(Boolean);
const routes = list('MIGRATE_STANDIN_HOSTS').map((entry) => {
  const [host, address] = entry.split(/=(.*)/s);
  const pattern = host.toLowerCase().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return [new RegExp(`^${pattern.join('.*')}$`), address || base];
});
const allowed = new Set(list('MIGRATE_STANDIN_ALLOW'));

// `FILE:LINE` of the innermost frame that is neither Node's own nor an installed package's.
function userLine() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const lines = new Error().stack.split('\n').slice(1);
  Error.stackTraceLimit = limit;
  for (const line of lines) {
    const found = /(?:\(|at )(?:async )?(?:file:\/\/)?(\/.*|[A-Za-z]:\\.*):(\d+):\d+\)?$/.exec(line);
    if (found && found[1] !== __filename && !found[1].includes('node_modules')) return `${found[1]}:${found[2]}`;
  }
  return '';
}

function moved(url) {
  const route = /^https?:$/.test(url.protocol) && routes.find(([pattern]) => pattern.test(url.host));
  return route ? new URL(url.pathname + url.search, route[1]) : null;
}

function marks(url) {
  const line = userLine();
  const source = line ? { 'x-standin-source': encodeURI(line) } : {};
  return { 'x-standin-original': url.href, ...source };
}

function redirectFetch() {
  const original = globalThis.fetch;
  if (!original) return;
  globalThis.fetch = function fetch(input, init) {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const there = moved(url);
    if (!there) return original(input, init);
    const headers = new Headers(request.headers);
    for (const [name, value] of Object.entries(marks(url))) headers.set(name, value);
    const { method, body, signal, redirect } = request;
    return original(there, { method, headers, body, signal, redirect, ...(body ? { duplex: 'half' } : {}) });
  };
}

function redirectModule(module, scheme) {
  const original = module.request;
  module.request = function request(...args) {
    const callback = typeof args[args.length - 1] === 'function' ? args.pop() : undefined;
    const given = typeof args[0] === 'string' || args[0] instanceof URL ? new URL(args.shift()) : null;
    const options = { ...(args[0] || {}) };
    const host = options.hostname || options.host || 'localhost';
    const port = options.port ? `:${options.port}` : '';
    const url = given || new URL(`${options.protocol || scheme}//${host}${port}${options.path || '/'}`);
    const there = moved(url);
    if (!there) return original.apply(this, [...(given ? [given] : []), options, ...(callback ? [callback] : [])]);
    const headers = { ...(options.headers || {}), ...marks(url) };
    const { method, signal, timeout } = options;
    const kept = { method, signal, timeout, headers, agent: undefined };
    return plainRequest(there, kept, callback);
  };
  module.get = function get(...args) {
    const request = module.request(...args);
    request.end();
    return request;
  };
}

const plainRequest = http.request;

// Other machines are out of reach, whichever package asks.
function guardSockets() {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guarded(...args) {
    const first = Array.isArray(args[0]) ? args[0][0] : args[0];
    const options = first && typeof first === 'object' ? first : { port: first, host: args[1] };
    const host = typeof options.host === 'string' ? options.host : 'localhost';
    const local = options.path || /^(localhost|127\.[\d.]+|::1|0\.0\.0\.0|::)$/.test(host) || allowed.has(host);
    if (local) return connect.apply(this, args);
    const log = process.env.MIGRATE_STANDIN_LOG;
    if (log) fs.appendFileSync(log, `${host}\t${options.port || ''}\t${userLine()}\n`);
    process.nextTick(() => this.destroy(new Error(`the guard refused to reach ${host}`)));
    return this;
  };
}

if (base) {
  redirectFetch();
  redirectModule(http, 'http:');
  redirectModule(https, 'https:');
  require('module').syncBuiltinESMExports();
  guardSockets();
}
