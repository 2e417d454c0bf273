-- The card counts the answers of the last days; without this it read all there ever were.
create index response_by_time on surveys.response (answered_at);
