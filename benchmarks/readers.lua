-- What wrk asks: pages in turn, so many a second over all connections, and never more than it gets answers.
--
--     wrk … -s readers.lua ADDRESS -- RATE PATH…
--
-- Prints one line of JSON at the end: what was asked, for how long, what went wrong, and how long answers took.

local ffi = require("ffi")
ffi.cdef("typedef struct { long s, us; } instant; int gettimeofday(instant *, void *);")
local instant = ffi.new("instant")

local function now_ms()
  ffi.C.gettimeofday(instant, nil)
  return tonumber(instant.s) * 1000 + tonumber(instant.us) / 1000
end

local asked, next_path, due_ms, step_ms = {}, 0, 0, 0

function init(arguments)
  step_ms = 1000 / tonumber(arguments[1])
  for place = 2, #arguments do
    asked[place - 1] = wrk.format("GET", arguments[place])
  end
end

function request()
  next_path = next_path % #asked + 1
  return asked[next_path]
end

-- A server that fell behind is not asked more for it later: what is overdue by a tenth of a second is let go.
function delay()
  local now = now_ms()
  due_ms = math.max(due_ms + step_ms, now - 100)
  return math.max(0, due_ms - now)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.3f, "status": %d, "broken": %d, "late": %d, "p50": %.2f, "p95": %.2f, "p99": %.2f}\n',
    summary.requests, summary.duration / 1e6, errors.status, errors.connect + errors.read + errors.write,
    errors.timeout, latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
