"""Sentences about work on many machines."""

MESSAGES = {
    "arg_cluster": {
        "en": "Predict a folder of Parquet files on many machines, to a folder -o: local (all cores of this machine), auto (the "
        "Ray cluster it belongs to), HOST:PORT or ray://HOST:PORT.",
        "ko": "Parquet 파일이 든 폴더를 여러 컴퓨터에서 예측해 폴더 -o에 저장합니다. local(이 컴퓨터의 모든 코어), auto(이 "
        "컴퓨터가 속한 Ray 클러스터), 호스트:포트, ray://호스트:포트.",
    },
    "arg_cores": {
        "en": "With --cluster: cores that one worker uses. More of them need less memory, since each worker loads the model.",
        "ko": "--cluster와 함께: 작업자 하나가 쓰는 코어 수. 작업자마다 모델을 읽으므로 코어를 늘리면 메모리를 덜 씁니다.",
    },
    "needs_cluster": {
        "en": "--cores-per-worker goes with --cluster. Add --cluster local or --cluster ADDRESS, or leave it out.",
        "ko": "--cores-per-worker는 --cluster와 함께 씁니다. --cluster local이나 --cluster 주소를 붙이거나 빼세요.",
    },
    "usage": {
        "en": "With --cluster, give one folder of Parquet files and a folder to write: maeum predict IN_FOLDER --cluster local -o "
        "OUT_FOLDER",
        "ko": "--cluster에는 Parquet 파일이 든 폴더 하나와 저장할 폴더를 지정하세요: maeum predict 입력폴더 --cluster local -o "
        "출력폴더",
    },
    "not_with": {
        "en": "--cluster reads and writes Parquet files only, so these have no effect: {names}. Leave them out.",
        "ko": "--cluster는 Parquet 파일만 읽고 씁니다. 쓸 수 없는 옵션: {names}. 빼세요.",
    },
    "address": {
        "en": "--cluster: expected local, auto, HOST:PORT (such as 10.0.0.5:6379) or ray://HOST:PORT, found '{found}'.",
        "ko": "--cluster: local, auto, 호스트:포트(예: 10.0.0.5:6379), ray://호스트:포트 가운데 하나여야 하나 '{found}'입니다.",
    },
    "unreachable": {
        "en": "No Ray cluster answers at '{address}': {reason}. Start one with 'ray start --head' on one machine and 'ray start "
        "--address=HOST:6379' on the others, or use --cluster local.",
        "ko": "'{address}'에서 Ray 클러스터가 답하지 않습니다({reason}). 한 컴퓨터에서 'ray start --head', 나머지에서 'ray start "
        "--address=호스트:6379'로 시작하거나 --cluster local을 쓰세요.",
    },
    "no_entry": {
        "en": "The Ray cluster at '{address}' cannot be used: {reason}. If it asks for a token, as newer versions of Ray do by "
        "themselves, put its token into ~/.ray/auth_token and set RAY_AUTH_MODE=token. The versions of Ray and Python must "
        "be the cluster's.",
        "ko": "'{address}'의 Ray 클러스터를 쓸 수 없습니다({reason}). 새 버전의 Ray는 기본으로 토큰을 요구합니다. 그렇다면 클러스터의 "
        "토큰을 ~/.ray/auth_token에 넣고 RAY_AUTH_MODE=token을 지정하세요. Ray와 Python의 버전은 클러스터와 같아야 합니다.",
    },
    "no_answer": {"en": "no answer", "ko": "응답 없음"},
    "not_started": {
        "en": "Ray could not be started on this machine: {reason}. Predict without --cluster, or end what is left of an earlier "
        "Ray with 'ray stop'.",
        "ko": "이 컴퓨터에서 Ray를 시작하지 못했습니다({reason}). --cluster 없이 예측하거나 'ray stop'으로 남아 있는 Ray를 "
        "끝내세요.",
    },
    "cores_range": {
        "en": "--cores-per-worker: expected a whole number from 1, found '{found}'.",
        "ko": "--cores-per-worker: 1 이상의 정수여야 하나 '{found}'입니다.",
    },
    "too_many_cores": {
        "en": "--cores-per-worker {wanted}: the largest machine of the cluster has {most} core(s). Give {most} or fewer.",
        "ko": "--cores-per-worker {wanted}: 클러스터에서 가장 큰 컴퓨터의 코어는 {most}개입니다. {most} 이하로 지정하세요.",
    },
    "no_input": {
        "en": "There is no folder '{path}'. Give a folder of Parquet files, or one Parquet file.",
        "ko": "'{path}' 폴더가 없습니다. Parquet 파일이 든 폴더나 Parquet 파일 하나를 지정하세요.",
    },
    "no_parquet": {
        "en": "'{path}' holds no Parquet file (.parquet, .pq); found: {found}. Files of other kinds are predicted without "
        "--cluster.",
        "ko": "'{path}'에 Parquet 파일(.parquet, .pq)이 없습니다. 있는 것: {found}. 다른 형식의 파일은 --cluster 없이 예측하세요.",
    },
    "no_rows": {
        "en": "None of the {count} Parquet file(s) in '{path}' has a row.",
        "ko": "'{path}'의 Parquet 파일 {count}개에 행이 하나도 없습니다.",
    },
    "bad_files": {
        "en": "{count} of {total} files in '{path}' cannot be used; nothing was begun. Mend them or take them out:\n{problems}",
        "ko": "'{path}'의 파일 {total}개 가운데 {count}개를 쓸 수 없어 시작하지 않았습니다. 고치거나 빼세요.\n{problems}",
    },
    "more_files": {"en": "\n  … and {count} more", "ko": "\n  … 그 밖에 {count}개"},
    "other_columns": {
        "en": "'{path}' has other columns than '{first}'; in one of them only: {columns}.",
        "ko": "'{path}'의 열이 '{first}'{first:-과/와} 다릅니다. 한쪽에만 있는 열: {columns}.",
    },
    "text_unclear": {
        "en": "The text is not in one column in all {files} files of '{path}': {columns}. Name it with --text-column.",
        "ko": "'{path}'의 파일 {files}개에서 텍스트 열이 서로 다릅니다: {columns}. --text-column으로 지정하세요.",
    },
    "inside": {
        "en": "'{out}' lies inside the input '{path}', or the other way round. Choose a folder beside it with -o.",
        "ko": "'{out}'{out:-과/와} 입력 '{path}' 가운데 하나가 다른 하나 안에 있습니다. -o로 다른 곳의 폴더를 지정하세요.",
    },
    "changed": {
        "en": "'{path}' has changed since the work began. Start anew without --resume.",
        "ko": "'{path}'의 내용이 시작한 뒤에 바뀌었습니다. --resume 없이 다시 시작하세요.",
    },
    "not_visible": {
        "en": "'{path}' cannot be read on one of the machines: {reason}. All machines must see the input at the same path.",
        "ko": "한 컴퓨터에서 '{path}'{path:-을/를} 읽을 수 없습니다({reason}). 모든 컴퓨터가 입력을 같은 경로로 볼 수 있어야 "
        "합니다.",
    },
    "not_shared": {
        "en": "'{here}' does not see the output folder '{folder}' that this work was begun in. All machines must see it at the "
        "same path, on shared storage.",
        "ko": "'{here}'에서는 이 작업을 시작한 출력 폴더 '{folder}'{folder:-이/가} 보이지 않습니다. 공유 저장소에 두어 모든 "
        "컴퓨터가 같은 경로로 볼 수 있어야 합니다.",
    },
    "other_version": {
        "en": "'{here}' has maeum {found}, this machine has {wanted}. Install the same version on all machines.",
        "ko": "'{here}'의 maeum은 {found}, 이 컴퓨터는 {wanted}입니다. 모든 컴퓨터에 같은 버전을 설치하세요.",
    },
    "model_differs": {
        "en": "The model arrived damaged on '{here}'. Check the space on its disk, and go on with --resume.",
        "ko": "'{here}'에 도착한 모델이 손상되었습니다. 디스크 공간을 확인하고 --resume으로 이어서 하세요.",
    },
    "part_not_ours": {
        "en": "Unfinished parts of '{path}' would lie in '{folder}', which holds something else ({found}). Choose another name "
        "with -o.",
        "ko": "'{path}'의 덜 끝난 결과를 둘 '{folder}'에 다른 것이 들어 있습니다({found}). -o로 다른 이름을 지정하세요.",
    },
    "looking": {"en": "Looking at the files", "ko": "파일 확인"},
    "files": {"en": "files", "ko": "파일"},
    "predicting": {"en": "Predicting", "ko": "예측"},
    "blocks": {"en": "blocks", "ko": "블록"},
    "skipped_empty": {
        "en": "Parquet files without rows, of which nothing is written: {count} ({files})",
        "ko": "행이 없어 결과를 쓰지 않는 Parquet 파일: {count}개({files})",
    },
    "skipped_others": {
        "en": "Files that are not Parquet, left alone: {count} ({files})",
        "ko": "Parquet이 아니어서 건너뛴 파일: {count}개({files})",
    },
    "begun": {
        "en": "{rows:,} rows of {files} file(s) in {blocks} block(s), on {places} worker(s) of {cores} core(s).",
        "ko": "파일 {files}개, {rows:,}행을 블록 {blocks}개로 나누어 코어 {cores}개짜리 작업자 {places}개로 예측합니다.",
    },
    "resumed": {
        "en": "Going on: {kept} of {total} block(s) are finished.",
        "ko": "이어서 합니다. 블록 {total}개 가운데 {kept}개가 끝나 있습니다.",
    },
    "nothing_to_resume": {
        "en": "There is nothing unfinished for '{path}'; starting from the beginning.",
        "ko": "'{path}'에 이어서 할 것이 없어 처음부터 시작합니다.",
    },
    "unfinished_dropped": {
        "en": "An unfinished '{path}' was found ({parts} block(s)) and is started anew; --resume would have gone on with it.",
        "ko": "덜 끝난 '{path}'(블록 {parts}개)를 찾았지만 처음부터 다시 시작합니다. 이어서 하려면 --resume을 붙이세요.",
    },
    "kept": {
        "en": "{done} of {total} block(s) are finished and kept. Run the same command with --resume to go on.",
        "ko": "블록 {total}개 가운데 끝난 {done}개를 남겨 두었습니다. 같은 명령에 --resume을 붙이면 이어서 합니다.",
    },
    "lonely": {
        "en": "No worker is running: the cluster has no {cores} core(s) free. Waiting; after Ctrl-C, --resume goes on.",
        "ko": "실행 중인 작업자가 없습니다. 클러스터에 비어 있는 코어({cores}개)가 없어 기다립니다. Ctrl-C로 멈춰도 --resume으로 "
        "이어서 할 수 있습니다.",
    },
    "lost": {
        "en": "Workers lost on the way: {count}. Their blocks were done again elsewhere.",
        "ko": "도중에 잃은 작업자: {count}. 맡았던 블록은 다른 곳에서 다시 했습니다.",
    },
    "workers_die": {
        "en": "{count} workers in a row ended before they were ready: {reason}. Look at the memory of the machines, and whether "
        "maeum is installed on all of them.",
        "ko": "작업자 {count}개가 잇달아 준비되기 전에 끝났습니다({reason}). 컴퓨터들의 메모리와, 모두에 maeum이 설치되어 "
        "있는지 확인하세요.",
    },
    "cannot_start": {
        "en": "A worker cannot start: {reason}",
        "ko": "작업자를 시작할 수 없습니다. {reason}",
    },
    "stopped": {
        "en": "Stopped at block {block}: {reason}",
        "ko": "블록 {block}에서 멈췄습니다. {reason}",
    },
    "killed": {
        "en": "its worker ended {count} times without a word, as when memory runs out",
        "ko": "메모리가 모자랄 때처럼 작업자가 말없이 {count}번 끝남",
    },
    "failed": {
        "en": "{count} of {total} block(s) failed, the others are finished: {blocks}",
        "ko": "블록 {total}개 가운데 {count}개가 실패했고 나머지는 끝났습니다: {blocks}",
    },
    "rows_with_error": {
        "en": "Rows that could not be read: {count:,}. They get no answer and say why in the column 'error'.",
        "ko": "읽을 수 없는 행: {count:,}. 답을 비우고 'error' 열에 까닭을 적었습니다.",
    },
}
