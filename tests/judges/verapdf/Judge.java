import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF whether files conform: {@code Judge 3a,ua1 FILE...}
 *
 * <p>Prints one line for each file and flavour, PASS, FAIL or ERROR, and under a FAIL each rule that
 * is broken. Exit 0 when everything passes, 1 otherwise, 2 when nothing was asked.
 */
public final class Judge {
    private static final int FAILURES_SHOWN = 1000;

    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println("usage: Judge FLAVOUR[,FLAVOUR] FILE...");
            System.exit(2);
        }
        VeraGreenfieldFoundryProvider.initialise();
        boolean good = true;
        for (int index = 1; index < arguments.length; index++) {
            for (String flavour : arguments[0].split(",")) {
                good &= passes(arguments[index], PDFAFlavour.fromString(flavour));
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean passes(String file, PDFAFlavour flavour) {
        try (InputStream bytes = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(bytes, flavour)) {
            PDFAValidator validator =
                    Foundries.defaultInstance().createValidator(flavour, FAILURES_SHOWN, false, false, false);
            ValidationResult result = validator.validateAll(parser).get(0);
            String verdict = result.isCompliant() ? "PASS" : "FAIL";
            System.out.printf("%s %s %s (%d checks)%n", verdict, flavour.getId(), file, result.getTotalAssertions());
            brokenRules(result).forEach((rule, times) -> System.out.printf("  %d x %s%n", times, rule));
            // A file of which nothing was checked proves nothing.
            return result.isCompliant() && result.getTotalAssertions() > 0;
        } catch (Exception | StackOverflowError problem) {
            System.out.printf("ERROR %s %s %s%n", flavour.getId(), file, problem);
            return false;
        }
    }

    private static Map<String, Integer> brokenRules(ValidationResult result) {
        Map<String, Integer> broken = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                broken.merge(rule + ": " + assertion.getMessage().replaceAll("\\s+", " "), 1, Integer::sum);
            }
        }
        return broken;
    }

    private Judge() {}
}
