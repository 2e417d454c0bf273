dofile(os.getenv("PEERS") .. "/lua/common.lua")
H = {["Authorization"]="Bearer peers-admin-key-of-kith"}
EXPECT = '"emails":'
cursors = lines(os.getenv("PEERS") .. "/run/kith.cursors")
function request() return wrk.format("GET", "/api/v1/customers?limit=50&after=" .. rnd(cursors), H) end
