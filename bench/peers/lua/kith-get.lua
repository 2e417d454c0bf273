dofile(os.getenv("PEERS") .. "/lua/common.lua")
H = {["Authorization"]="Bearer peers-admin-key-of-kith"}
EXPECT = '"emails":'
ids = lines(os.getenv("PEERS") .. "/run/kith.ids")
function request() return wrk.format("GET", "/api/v1/customers/" .. rnd(ids), H) end
