package dev.kith.core.plugins.running;

/** At which step of its start a plugin failed, and what an operator can do about it. */
public enum StartPhase {
    /** Its file: whether it can be read, and may be trusted. */
    PACKAGE(
            "Take another package of it, or mend what the reason names: the signature, the trusted"
                    + " keys in the settings, the file."),
    API("Take a version of the plugin that was made for this server, or another server."),
    NAME("Give the plugin another id, or revoke the key that has its name."),
    DEPENDENCIES("Install and enable the plugin it needs, in a version it accepts."),
    /** Whether the database has room for its connections. */
    CONNECTIONS("Do what the reason says, and restart. Or disable another plugin first."),
    MIGRATION(
            "Its schema is as it was before the migration that failed. Mend the cause and enable it"
                    + " again; a migration that is wrong needs another version of the plugin, one that"
                    + " only needs longer gets it from plugins.migrationWithin and a restart."),
    /** Its migrations took something from the version that was to go on until it runs. */
    EXPANSION(
            "The version that runs goes on, and its schema is as it was. Take a version whose"
                    + " migrations only add; or disable the plugin first, then install the new"
                    + " version: nothing runs meanwhile that could miss what is taken away."),
    /** Its own code, while it was loaded or declared what it adds; its settings too. */
    REGISTER(
            "If the reason names a setting, correct it and restart. Otherwise it is a fault of the"
                    + " plugin: take another version."),
    /** What it declared is not allowed, or is somebody else's. */
    DECLARATIONS(
            "A fault of the plugin, or of two that do not go together: take another version, or"
                    + " remove the other one."),
    /** What it declared is not what its package says. */
    DESCRIPTION(
            "Build the plugin again as a whole: mvn package. Do not install this one. If what it hears"
                    + " or asks is meant, name it in the plugin's settings."),
    WIRING("Enable it again; if it fails again, the log shows where."),
    /** It ran, and its threads did not come back or took all the memory. */
    RUNNING(
            "The log shows where its threads stood, if they were stuck. Enable it again when the"
                    + " plugin is mended."),
    /** It has stopped, and left something behind that keeps its classes in memory. */
    LEAVING(
            "It costs memory and nothing else; a restart frees it. Tell the plugin's author what the"
                    + " reason names.");

    private final String advice;

    StartPhase(String advice) {
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
