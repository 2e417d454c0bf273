-- One line for the script: requests/s, p50 and p99 in ms, answers other than 2xx and 3xx or none.
function done(summary, latency)
    local e = summary.errors
    io.write(
        string.format(
            "@@ %.0f %.1f %.1f %d\n",
            summary.requests * 1e6 / summary.duration,
            latency:percentile(50) / 1000,
            latency:percentile(99) / 1000,
            e.status + e.connect + e.read + e.write + e.timeout
        )
    )
end
