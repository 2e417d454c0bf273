dofile(os.getenv("PEERS") .. "/lua/common.lua")
H = {["Authorization"]="Bearer peers-admin-key-of-kith", ["Content-Type"]="application/json"}
EXPECT = '"id":'
function request()
  local k = uniq()
  return wrk.format("POST", "/api/v1/customers", H, string.format('{"name":"%s %s %s","emails":[{"value":"w%s@example.test"}],"addresses":[{"lines":["Ulica 1"],"postalCode":"10000","city":"Zagreb","country":"HR"}]}', rnd(FIRST), rnd(LAST), k, k))
end
