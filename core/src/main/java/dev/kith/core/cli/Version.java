package dev.kith.core.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Kith " + (version == null ? "(not packaged)" : version),
            "Java " + System.getProperty("java.version")
        };
    }
}
