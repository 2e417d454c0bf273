-- What each of wrk's threads has of its own: its number `mine`, and the `number` of its request.
headers = {
    Authorization = "Bearer " .. os.getenv("KEY"),
    ["Content-Type"] = "application/json",
}
number = 0
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("mine", threads)
end

dofile(os.getenv("BENCH") .. "/done.lua")
