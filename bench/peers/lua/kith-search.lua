dofile(os.getenv("PEERS") .. "/lua/common.lua")
H = {["Authorization"]="Bearer peers-admin-key-of-kith"}
EXPECT = '"emails":'
function request() return wrk.format("GET", "/api/v1/customers?limit=20&q=" .. surname_prefix(), H) end
