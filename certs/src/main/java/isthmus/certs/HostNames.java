package isthmus.certs;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names and addresses under which clients reach a server: its Subject Alternative Names (RFC 5280, section 4.2.1.6).
 * Host names are kept in lower case and ASCII, addresses in the JDK's notation, each once, in the order given.
 *
 * @param values host names, {@code *.} in front allowed, and IPv4 or IPv6 addresses; at least one
 */
public record HostNames(List<String> values) {
    private static final int SAN_DNS = 2;
    private static final int SAN_ADDRESS = 7;
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern ONLY_DIGITS_AND_DOTS = Pattern.compile("[\\d.]+");
    private static final Pattern HOST =
            Pattern.compile("(?:\\*\\.)?(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\\.[a-z0-9_][a-z0-9_-]{0,62})*");

    public HostNames {
        values = values.stream().map(HostNames::canonical).distinct().toList();
        if (values.isEmpty()) {
            throw new CertificateFailure("no name given (expected at least one host name or IP address)");
        }
    }

    public static HostNames of(String... values) {
        return new HostNames(List.of(values));
    }

    /** {@code localhost}, the host name, the loopback addresses and the addresses of all network interfaces. */
    public static HostNames ofThisMachine() {
        return new HostNames(MachineNames.find());
    }

    /** The names in a certificate that this class wrote. */
    static HostNames in(X509Certificate certificate) {
        return new HostNames(allIn(certificate));
    }

    /** The DNS names of any certificate, in lower case; unlike {@link #in}, whatever they look like, or none at all. */
    static List<String> dnsNamesIn(X509Certificate certificate) {
        return alternatives(certificate, Set.of(SAN_DNS)).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The names and addresses of any certificate as they are written in it, or none. */
    static List<String> allIn(X509Certificate certificate) {
        return alternatives(certificate, Set.of(SAN_DNS, SAN_ADDRESS));
    }

    private static List<String> alternatives(X509Certificate certificate, Set<Integer> kinds) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> found = new ArrayList<>();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0) instanceof Integer kind
                        && kinds.contains(kind)
                        && name.get(1) instanceof String value) {
                    found.add(value);
                }
            }
            return found;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** These names, followed by the others. */
    public HostNames and(Collection<String> others) {
        List<String> all = new ArrayList<>(values);
        all.addAll(others);
        return new HostNames(all);
    }

    static boolean isAddress(String canonicalName) {
        return canonicalName.indexOf(':') >= 0 || IPV4.matcher(canonicalName).matches();
    }

    private static String canonical(String given) {
        String name = given.strip();
        if (name.indexOf(':') >= 0) {
            return ipv6(
                    given, name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name);
        }
        if (IPV4.matcher(name).matches()) {
            return name;
        }
        String host = ascii(name);
        if (ONLY_DIGITS_AND_DOTS.matcher(host).matches() || !HOST.matcher(host).matches()) {
            throw notAName(given);
        }
        return host;
    }

    private static String ipv6(String given, String address) {
        int zone = address.indexOf('%');
        try {
            // With a colon inside, this never asks a name server.
            return InetAddress.getByName(zone < 0 ? address : address.substring(0, zone))
                    .getHostAddress();
        } catch (UnknownHostException e) {
            throw notAName(given);
        }
    }

    private static String ascii(String name) {
        String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            String ascii = host.startsWith("*.") ? "*." + IDN.toASCII(host.substring(2)) : IDN.toASCII(host);
            return ascii.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw notAName(name);
        }
    }

    private static CertificateFailure notAName(String given) {
        return new CertificateFailure("'" + given + "' is not a name for a certificate (expected a host name such as"
                + " mqtt.example.com or *.example.com, or an IP address)");
    }
}
