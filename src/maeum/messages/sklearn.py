"""Sentences about the scikit-learn estimator."""

MESSAGES = {
    "one_string": {
        "en": "X is one string ('{text}'); expected a list of texts. Put it in brackets: [text].",
        "ko": "X가 문자열 하나('{text}')입니다. 텍스트 목록이어야 합니다. 대괄호로 감싸세요: [text].",
    },
    "several_columns": {
        "en": 'X has {count} columns; expected one column of texts. Choose it, for example df["review"]; inside a '
        'ColumnTransformer name it as a string: "review", not ["review"].',
        "ko": 'X에 열이 {count}개 있습니다. 텍스트가 든 열 하나만 주세요(예: df["review"]). ColumnTransformer 안에서는 '
        '["review"]가 아니라 "review"로 지정하세요.',
    },
    "matrix": {
        "en": "X is a matrix of numbers {shape}; expected texts. TextClassifier reads the texts itself: leave the "
        "vectorizer before it out of the Pipeline.",
        "ko": "X가 숫자 행렬 {shape}입니다. 텍스트여야 합니다. TextClassifier가 텍스트를 직접 읽으므로 Pipeline에서 앞에 둔 "
        "벡터화 단계를 빼세요.",
    },
    "not_texts": {
        "en": "X holds {count} item(s) that are not texts (position: what it is): {found}. Fill or drop them first, for "
        'example X.fillna("").',
        "ko": 'X에 텍스트가 아닌 항목이 {count}개 있습니다(위치: 값의 종류): {found}. 먼저 채우거나 빼세요. 예: X.fillna("").',
    },
    "missing": {"en": "missing", "ko": "빈 값"},
    "no_y": {
        "en": "fit needs y: one label for each text, or an indicator matrix (N, K) for several labels.",
        "ko": "fit에는 y가 필요합니다. 텍스트마다 레이블 하나, 또는 여러 레이블이면 (N, K) 지시 행렬을 주세요.",
    },
    "missing_labels": {
        "en": "y has {count} missing label(s), at position(s) {found}. Drop these rows from X and y.",
        "ko": "y에 빈 레이블이 {count}개 있습니다(위치: {found}). X와 y에서 이 행들을 빼세요.",
    },
    "lengths": {
        "en": "X has {texts} text(s), y has {labels} label(s); both need the same number.",
        "ko": "X에는 텍스트가 {texts}개, y에는 레이블이 {labels}개 있습니다. 개수가 같아야 합니다.",
    },
    "label_lists": {
        "en": "y holds lists of labels. Turn them into an indicator matrix first: "
        "sklearn.preprocessing.MultiLabelBinarizer().fit_transform(y).",
        "ko": "y에 레이블 목록이 들어 있습니다. 먼저 지시 행렬로 바꾸세요: "
        "sklearn.preprocessing.MultiLabelBinarizer().fit_transform(y).",
    },
    "not_indicators": {
        "en": "y has shape {shape} and other values than 0 and 1 ({found}); expected one label for each text, or an "
        "indicator matrix.",
        "ko": "y의 모양이 {shape}인데 0과 1이 아닌 값({found})이 있습니다. 텍스트마다 레이블 하나이거나 지시 행렬이어야 합니다.",
    },
    "continuous": {
        "en": "y holds numbers with fractions ({found}); a classifier needs classes. Round or cut them into classes first.",
        "ko": "y에 소수({found})가 들어 있습니다. 분류기에는 클래스가 필요합니다. 먼저 반올림하거나 구간으로 나누세요.",
    },
    "mixed_labels": {
        "en": "y mixes labels of different types ({found}), which cannot be put in order. Make them all strings.",
        "ko": "y에 서로 다른 형의 레이블({found})이 섞여 있어 순서를 정할 수 없습니다. 모두 문자열로 바꾸세요.",
    },
    "useless": {
        "en": "{names} would have no effect here: they say how data are read, and fit gets texts and labels. Leave them out.",
        "ko": "{names}{names:-은/는} 데이터를 읽는 방법을 정하는 설정이라 여기서는 쓰이지 않습니다. fit은 텍스트와 레이블을 받으므로 빼세요.",
    },
    "seed_twice": {
        "en": "random_state and seed are the same setting; give one of them.",
        "ko": "random_state와 seed는 같은 설정입니다. 하나만 지정하세요.",
    },
    "labels_not_plain": {
        "en": "Classes of type {found} cannot be written into a folder; train with strings, numbers or truth values.",
        "ko": "{found} 형의 클래스는 폴더에 저장할 수 없습니다. 문자열, 숫자, 참/거짓으로 학습하세요.",
    },
}
