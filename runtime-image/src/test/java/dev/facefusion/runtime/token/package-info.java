/// Tests of the verdict about tokens, with keys made here.
