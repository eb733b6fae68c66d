-- Sends the body in the file given, with a number that is another in each request in the place of its second line.
local before, after
local count = 0

function init(args)
  local file = io.open(args[1])
  before = file:read("*l")
  after = file:read("*l")
  file:close()
  wrk.method = "POST"
  wrk.headers["content-type"] = "application/json"
  wrk.headers["accept"] = args[2]
end

function request()
  count = count + 1
  return wrk.format(nil, nil, nil, before .. count .. after)
end

function done(summary, latency)
  local failed = 0
  for _, number in pairs(summary.errors) do failed = failed + number end
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%f,"failed":%d,"p50":%f,"p99":%f}\n',
    summary.requests, summary.duration / 1e6, failed, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
  ))
end
