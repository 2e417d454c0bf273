-- Creates customers, each with a name of its own.
dofile(os.getenv("BENCH") .. "/worker.lua")

function request()
    number = number + 1
    local name = string.format("Ana Horvat %d%09d", mine, number)
    local body = '{"kind":"person","name":"' .. name .. '"}'
    return wrk.format("POST", "/api/v1/customers", headers, body)
end
