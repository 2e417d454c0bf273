package dev.kith.referrals;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code to be drawn: dark on light in any theme, because scanners want it so.
 *
 * @param size of its sides, in modules, with the margin
 * @param path of the dark modules, as SVG has it
 */
public record QrSvg(int size, String path) {

    /** Light modules around it, as ISO/IEC 18004 asks for. */
    private static final int MARGIN = 4;

    static QrSvg of(String text) {
        var qr = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = new StringBuilder();
        for (var y = 0; y < qr.size; y++) {
            for (var x = 0; x < qr.size; x++) {
                if (qr.getModule(x, y)) {
                    path.append("M%d %dh1v1h-1z".formatted(x + MARGIN, y + MARGIN));
                }
            }
        }
        return new QrSvg(qr.size + 2 * MARGIN, path.toString());
    }

    String document() {
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
        <rect width="100%%" height="100%%" fill="#fff"/><path d="%s" fill="#000"/></svg>\
        """
                .formatted(size, size, path);
    }
}
