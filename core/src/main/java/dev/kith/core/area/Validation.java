package dev.kith.core.area;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/** One area's constraints, with a factory of its own that is closed with the area. */
public final class Validation implements AutoCloseable {

    private final ScopedValue<Locale> locale = ScopedValue.newInstance();
    private @Nullable ValidatorFactory factory;
    private volatile @Nullable Validator validator;

    public void check(Object input) {
        check(input, Locale.ENGLISH);
    }

    /**
     * @param language of the messages
     * @throws Problem {@code invalidInput} naming every place that breaks a constraint
     */
    public void check(Object input, Locale language) {
        var violations =
                ScopedValue.where(locale, language).call(() -> validator().validate(input));
        if (violations.isEmpty()) {
            return;
        }
        var problem = StandardError.INVALID_INPUT.because("a field breaks its constraint");
        for (var violation : violations) {
            problem = problem.at(pointer(violation), code(violation), violation.getMessage());
        }
        throw problem;
    }

    // Made at first use: the server is ready before anybody needs it.
    private Validator validator() {
        var made = validator;
        return made == null ? make() : made;
    }

    private synchronized Validator make() {
        if (factory == null) {
            factory =
                    jakarta.validation.Validation.byProvider(HibernateValidator.class)
                            .configure()
                            .messageInterpolator(new InLocale())
                            .buildValidatorFactory();
        }
        var made = factory.getValidator();
        validator = made;
        return made;
    }

    /** Speaks the language of the check that runs. */
    private final class InLocale implements MessageInterpolator {
        private final MessageInterpolator inner = new ParameterMessageInterpolator();

        @Override
        public String interpolate(String template, Context context) {
            return inner.interpolate(template, context, locale.orElse(Locale.ENGLISH));
        }

        @Override
        public String interpolate(String template, Context context, Locale language) {
            return inner.interpolate(template, context, language);
        }
    }

    /** {@code emails[0].value} as the JSON Pointer {@code /emails/0/value}. */
    private static String pointer(ConstraintViolation<?> violation) {
        var path = new StringBuilder();
        for (var node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                path.append('/').append(node.getIndex());
            } else if (node.getKey() != null) {
                path.append('/').append(node.getKey());
            }
            if (node.getName() != null && !node.getName().startsWith("<")) {
                member(violation, node).ifPresent(name -> path.append('/').append(name));
            }
        }
        return path.toString();
    }

    /**
     * The member of the JSON that a property is or is about. A method that checks is none: {@code
     * amountNotNegative} is about {@code amount}, and what begins with no member's name is about the
     * whole.
     */
    private static Optional<String> member(ConstraintViolation<?> violation, Path.Node node) {
        var bean = violation.getLeafBean();
        if (!(bean instanceof Record) || !isLast(violation, node)) {
            return Optional.of(node.getName());
        }
        return Arrays.stream(bean.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .filter(node.getName()::startsWith)
                .max(Comparator.comparingInt(String::length));
    }

    private static boolean isLast(ConstraintViolation<?> violation, Path.Node node) {
        Path.Node last = null;
        for (var each : violation.getPropertyPath()) {
            last = each;
        }
        return node.equals(last) && node.getKind() == ElementKind.PROPERTY;
    }

    private static String code(ConstraintViolation<?> violation) {
        var name = violation.getConstraintDescriptor().getAnnotation().annotationType();
        var simple = name.getSimpleName();
        return simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
    }

    @Override
    public synchronized void close() {
        if (factory != null) {
            factory.close();
            factory = null;
            validator = null;
        }
    }
}
