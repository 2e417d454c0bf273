-- Creates customers, each with a name of its own.
local headers = {
    Authorization = "Bearer " .. os.getenv("KEY"),
    ["Content-Type"] = "application/json",
}
local thread = 0
local number = 0

function setup(t)
    thread = thread + 1
    t:set("mine", thread)
end

function request()
    number = number + 1
    local name = string.format("Ana Horvat %d%09d", mine, number)
    local body = '{"kind":"person","name":"' .. name .. '"}'
    return wrk.format("POST", "/api/v1/customers", headers, body)
end

dofile(os.getenv("BENCH") .. "/done.lua")
