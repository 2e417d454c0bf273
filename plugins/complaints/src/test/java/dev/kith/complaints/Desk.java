package dev.kith.complaints;

import dev.kith.testkit.Answer;
import dev.kith.testkit.Caller;
import dev.kith.testkit.TestCrm;
import java.util.HashMap;
import java.util.Map;

/** What an agent does in tests. */
record Desk(TestCrm crm) {

    Caller agent() {
        return crm.as("complaints:read", "complaints:write");
    }

    Answer receives(Map<String, Object> more) {
        var draft = new HashMap<String, Object>();
        draft.put("channel", "phone");
        draft.put("subject", "Late");
        draft.put("text", "It came two weeks late.");
        draft.putAll(more);
        return agent().post("/complaints/cases", draft);
    }

    String received() {
        return receives(Map.of()).expect(201).text("/id");
    }

    Answer moves(String id, String to) {
        return agent().post(path(id) + "/transitions", Map.of("to", to));
    }

    Answer moves(String id, String to, String note) {
        return agent().post(path(id) + "/transitions", Map.of("to", to, "note", note));
    }

    Answer sees(String id) {
        return agent().get(path(id)).expect(200);
    }

    Answer sla(String id) {
        return agent().get(path(id) + "/sla").expect(200);
    }

    Answer says(String id, Map<String, Object> message) {
        return agent().post(path(id) + "/messages", message);
    }

    Answer lists(String query) {
        return agent().get("/complaints/cases?" + query).expect(200);
    }

    private static String path(String id) {
        return "/complaints/cases/" + id;
    }
}
