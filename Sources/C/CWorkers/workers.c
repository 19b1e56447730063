#include "workers.h"

#define SWIFT_CALL __attribute__((swiftcall))

typedef SWIFT_CALL void (*closure_code)(ptrdiff_t first, ptrdiff_t second, __attribute__((swift_context)) void *context);

// Declared in Swift, where the first two parameters are one: the closure.
SWIFT_CALL void worker_borrow_closure(const void *code, void *context, struct worker_closure *target) {
    target->code = code;
    target->context = context;
}

// Its call is a use of the closure, so that what it holds lives until then.
SWIFT_CALL void worker_return_closure(const void *code, void *context) {
    (void)code;
    (void)context;
}

void worker_call(struct worker_closure closure, ptrdiff_t first, ptrdiff_t second) {
    ((closure_code)closure.code)(first, second, closure.context);
}
