-- Spends one point of one of the customers in the file IDS, with a key of its own each time.
dofile(os.getenv("BENCH") .. "/worker.lua")

local ids = {}
for id in io.lines(os.getenv("IDS")) do
    ids[#ids + 1] = id
end

function init()
    math.randomseed(os.time() * 10 + mine)
    run = os.getenv("RUN") or "0"
end

function request()
    number = number + 1
    headers["Idempotency-Key"] = string.format("%s-%d-%d", run, mine, number)
    local path = "/api/v1/loyalty/accounts/" .. ids[math.random(#ids)] .. "/redemptions"
    return wrk.format("POST", path, headers, '{"points":1,"reason":"bench"}')
end
