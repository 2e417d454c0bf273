-- Reads customers by id, one after the other from the file IDS.
local ids = {}
for id in io.lines(os.getenv("IDS")) do
    ids[#ids + 1] = id
end
local headers = { Authorization = "Bearer " .. os.getenv("KEY") }
local at = 0

function init()
    math.randomseed(os.time())
    at = math.random(#ids)
end

function request()
    at = at % #ids + 1
    return wrk.format("GET", "/api/v1/customers/" .. ids[at], headers)
end

dofile(os.getenv("BENCH") .. "/done.lua")
